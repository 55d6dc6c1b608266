-- Without one, a model of a measured family would look as if its family had not been measured.
select 'raw/reference/model_families.csv: found no row for ' || models.model_id || ', expected one for each model of the paper' as message
from {{ ref('int_models') }} as models
anti join {{ ref('stg_model_families') }} as families on models.model_id = families.model_id
where models.is_in_paper
