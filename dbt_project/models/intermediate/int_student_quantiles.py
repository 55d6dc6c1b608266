"""Student t quantiles for lines that are fitted in SQL, which has no such function."""

import pandas as pd
from inference_energy.fit import student_quantile

MAX_DEGREES_OF_FREEDOM = 200


def model(dbt, session):
    confidence_level = dbt.config.get("confidence_level")
    degrees_of_freedom = range(1, MAX_DEGREES_OF_FREEDOM + 1)
    return pd.DataFrame(
        {
            "degrees_of_freedom": degrees_of_freedom,
            "t_quantile": [student_quantile(degrees, confidence_level) for degrees in degrees_of_freedom],
        }
    )
