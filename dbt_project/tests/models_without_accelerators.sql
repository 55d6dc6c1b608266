-- A user's model older than every accelerator, or with none launched in the window, has no joules under that policy.
{{ config(severity='warn') }}

select
    'model ' || model_id || ', policy ' || matching_policy || ': found no accelerator, so no joules; expected one launched '
    || 'by the release date in raw/own/accelerators.csv, with a rate for ' || domain as message
from {{ ref('inference_energy') }}
where joules_per_forward_pass is null and is_own and matching_policy <> 'calibrated'
