-- What an auditor asks for, as relations. All of them are views on what is kept already, so they cannot say anything else than
-- the facts, which are chained; and they hold for what was told before this migration too (docs/decisions/0021).

create view releases as
select distinct on (release)
    release,
    service,
    version,
    count(*) over its_attempts as attempts,
    min(started_at) over its_attempts as first_started_at,
    attempt as latest_attempt,
    run_id,
    phase,
    outcome,
    reason,
    waiting_for,
    requested_by,
    chart_digest,
    image_digest,
    values_digest,
    pipeline_digest,
    started_at,
    ended_at,
    updated_at
from attempts
window its_attempts as (partition by release)
order by release, started_at desc nulls last;
comment on view releases is 'One row per version of a service: how often it was tried, and its latest attempt';

-- A stage tells its steps when it asks people and when it ends. What it judges in between comes as facts, which are newer.
create view steps as
select
    a.run_id,
    a.release,
    a.service,
    a.version,
    a.attempt,
    step.environment,
    step.place,
    step.name,
    step.kind,
    step.state,
    step.verdict,
    step.reason,
    step.started_at,
    step.ended_at
from attempts a
-- attempt by attempt, so that a question about one service or release reads no other
cross join lateral (
    select
        coalesce(told.environment, judged.environment) as environment,
        told.place,
        coalesce(told.name, judged.name) as name,
        told.value ->> 'kind' as kind,
        case when newer.is_judged then case judged.verdict when 'PASSED' then 'DONE' when 'FAILED' then 'FAILED' else 'HOLDING' end
            else told.value ->> 'state' end as state,
        case when newer.is_judged then judged.verdict else told.value ->> 'verdict' end as verdict,
        case when newer.is_judged then substr(judged.what, length(judged.name || ' ' || judged.verdict || ': ') + 1)
            else told.value ->> 'reason' end as reason,
        (told.value ->> 'startedAt')::timestamptz as started_at,
        case when newer.is_judged then judged.at else (told.value ->> 'endedAt')::timestamptz end as ended_at
    from (
        select
            stage.value ->> 'environment' as environment,
            step.ordinality as place,
            step.value ->> 'name' as name,
            step.value
        from jsonb_array_elements(a.view -> 'stages') stage
        cross join lateral jsonb_array_elements(stage.value -> 'steps') with ordinality step
    ) told
    full join (
        select distinct on (f.environment, f.details ->> 'step')
            f.environment,
            f.details ->> 'step' as name,
            f.details ->> 'verdict' as verdict,
            f.what,
            f.at
        from facts f
        where f.run_id = a.run_id and f.kind = 'JUDGED'
        order by f.environment, f.details ->> 'step', f.number desc
    ) judged on judged.environment = told.environment and judged.name = told.name
    cross join lateral (
        select judged.at is not null and judged.at > coalesce((told.value ->> 'endedAt')::timestamptz, '-infinity')
    ) newer (is_judged)
) step;
comment on view steps is 'One row per step of a stage; place and kind are null until its stage has told its steps';

create view evidence as
select
    f.run_id,
    f.number,
    one.ordinality as place,
    f.release,
    a.service,
    a.version,
    f.attempt,
    f.at,
    f.environment,
    case f.kind when 'ASKED' then 'shown' else 'verdict' end as source,
    coalesce(f.details ->> 'step', f.details ->> 'gate') as step,
    f.details ->> 'verdict' as verdict,
    one.value ->> 'name' as name,
    one.value ->> 'detail' as detail,
    one.value ->> 'link' as link,
    null::text as status,
    null::text as subject,
    null::timestamptz as produced_at,
    null::text as issuer,
    null::text as document,
    null::text as key_id
from facts f
join attempts a on a.run_id = f.run_id
cross join lateral jsonb_array_elements(f.evidence) with ordinality one
union all
select
    f.run_id,
    f.number,
    1,
    f.release,
    a.service,
    a.version,
    f.attempt,
    f.at,
    f.environment,
    'handed in',
    null,
    null,
    f.details ->> 'name',
    f.what,
    f.details ->> 'url',
    f.details ->> 'status',
    f.details ->> 'subject',
    -- a year that PostgreSQL does not know must not make every query fail
    case when f.details ->> 'producedAt' ~ '^[1-9][0-9]{3}-' then (f.details ->> 'producedAt')::timestamptz end,
    f.details ->> 'by',
    f.details ->> 'document',
    f.details ->> 'keyId'
from facts f
join attempts a on a.run_id = f.run_id
where f.kind = 'ATTESTED';
comment on view evidence is 'What verdicts rest on, what people were shown, and what was handed in';
comment on column evidence.source is 'verdict, shown, or handed in';
comment on column evidence.number is 'The fact that holds it';

create view decisions as
select
    f.run_id,
    f.number,
    f.release,
    a.service,
    a.version,
    f.attempt,
    f.at,
    f.environment,
    f.details ->> 'gate' as gate,
    f.details ->> 'by' as decided_by,
    f.details ->> 'choice' as choice,
    coalesce(f.details ->> 'reason', '') as reason,
    f.kind = 'DECIDED' as counted,
    coalesce(f.details ->> 'why', '') as why_not,
    f.details ->> 'fingerprint' as fingerprint,
    f.details ->> 'keyId' as key_id,
    f.details ->> 'signature' as signature
from facts f
join attempts a on a.run_id = f.run_id
where f.kind in ('DECIDED', 'DENIED')
    -- evidence that came past the starter is of this kind too
    or f.kind = 'IGNORED' and f.what like 'a decision %';
comment on view decisions is 'Votes of people: those that counted, and those that did not and why';
comment on column decisions.fingerprint is 'Of the four digests that were decided on; the same as that of the attempt when it counted';
comment on column decisions.key_id is 'The key of the starter that signed the vote; null when it never got that far';
