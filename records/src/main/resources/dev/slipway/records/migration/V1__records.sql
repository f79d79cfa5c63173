-- What stays known of releases. The words are those of docs/records.md.

create table attempts (
    run_id          text primary key,
    release         text not null,
    service         text not null,
    version         text not null,
    attempt         integer not null,
    phase           text not null,
    outcome         text,
    reason          text not null,
    waiting_for     text not null,
    requested_by    text not null,
    chart_digest    text not null,
    image_digest    text not null,
    values_digest   text not null,
    pipeline_digest text not null,
    started_at      timestamptz,
    ended_at        timestamptz,
    view            jsonb not null,
    facts           bigint not null default 0,
    head            text not null,
    updated_at      timestamptz not null default now()
);
comment on table attempts is 'One row per attempt of a release, as it was when its latest fact was told';
comment on column attempts.run_id is 'Run of the workflow Release in Temporal';
comment on column attempts.view is 'The JSON of slipway get -o json, without links';
comment on column attempts.facts is 'Number of the latest fact that is kept';
comment on column attempts.head is 'Its hash';
create index attempts_of_release on attempts (release, started_at desc);
create index attempts_of_service on attempts (service, started_at desc);
create index attempts_by_start on attempts (started_at desc);

create table stages (
    run_id       text not null references attempts (run_id),
    environment  text not null,
    place        integer not null,
    service      text not null,
    version      text not null,
    state        text not null,
    outcome      text,
    stage_run_id text,
    want_percent integer not null,
    actual_percent integer not null,
    started_at   timestamptz,
    ended_at     timestamptz,
    updated_at   timestamptz not null default now(),
    primary key (run_id, environment)
);
comment on table stages is 'One row per stage of an attempt, also for those whose turn has not come (PENDING)';
comment on column stages.place is 'Place in the plan, from 0 on';
create index stages_of_slot on stages (service, environment, started_at desc);

create table facts (
    run_id      text not null references attempts (run_id),
    number      bigint not null check (number > 0),
    release     text not null,
    attempt     integer not null,
    at          timestamptz not null,
    environment text not null,
    kind        text not null,
    what        text not null,
    details     jsonb not null,
    evidence    jsonb not null,
    previous    text not null,
    hash        text not null,
    kept_at     timestamptz not null default now(),
    primary key (run_id, number)
);
comment on table facts is 'What happened, append-only; hash binds a fact to all before it in its run (docs/records.md)';
comment on column facts.environment is 'Empty for what belongs to the release as a whole';
comment on column facts.kept_at is 'When it arrived here; not part of the hash';
create index facts_of_release on facts (release, at);
create index facts_of_kind on facts (kind, at);

create function facts_stay() returns trigger language plpgsql as $$
begin
    raise exception 'facts stay as they are: % is refused', tg_op using errcode = 'integrity_constraint_violation';
end
$$;
create trigger facts_stay before update or delete on facts for each row execute function facts_stay();
create trigger facts_are_not_emptied before truncate on facts for each statement execute function facts_stay();

-- What runs where: one row per service and environment. Whoever is member of a role slipway_environment_<name> sees that
-- environment's rows; the owner, and members of slipway_reader and slipway_writer, see all.
create view model_registry_entries with (security_barrier) as
with slots as (
    select distinct service, environment from stages where state <> 'PENDING'
),
entries as (
    select
        slots.service,
        slots.environment,
        case
            when latest.state = 'STUCK' or settled.outcome in ('LEFT_AS_IS', 'INTERFERED') then 'uncertain'
            when served.run_id is not null then 'ready'
            when latest.outcome is null then 'deploying'
            else 'rolled_back'
        end as status,
        case
            when latest.state = 'STUCK' then latest.run_id
            when settled.outcome in ('LEFT_AS_IS', 'INTERFERED') then settled.run_id
            else coalesce(served.run_id, latest.run_id)
        end as run_id,
        served.ended_at as ready_since,
        case when latest.outcome is null then latest.version end as next_version,
        case when latest.outcome is null then latest.state end as next_state,
        latest.updated_at
    from slots
    cross join lateral (
        select s.* from stages s
        where s.service = slots.service and s.environment = slots.environment and s.state <> 'PENDING'
        order by s.started_at desc nulls last, s.updated_at desc limit 1
    ) latest
    left join lateral (
        select s.* from stages s
        where s.service = slots.service and s.environment = slots.environment and s.outcome is not null
            and s.outcome <> 'REFUSED'
        order by s.ended_at desc nulls last limit 1
    ) settled on true
    left join lateral (
        select s.* from stages s
        where s.service = slots.service and s.environment = slots.environment and s.outcome = 'PROMOTED'
        order by s.ended_at desc nulls last limit 1
    ) served on true
)
select
    entries.service as name,
    a.version,
    entries.environment as deployment_environment,
    entries.status as deployment_status,
    a.chart_digest,
    a.image_digest,
    a.values_digest,
    a.pipeline_digest,
    a.release,
    a.attempt,
    a.run_id,
    a.requested_by,
    entries.ready_since,
    entries.next_version,
    entries.next_state,
    entries.updated_at
from entries
join attempts a on a.run_id = entries.run_id
where exists (
    select from pg_roles r
    where r.rolname in ('slipway_reader', 'slipway_writer', 'slipway_environment_' || entries.environment)
        and pg_has_role(current_user, r.oid, 'member')
) or pg_has_role(current_user, (select c.relowner from pg_class c where c.oid = 'attempts'::regclass), 'member');
comment on view model_registry_entries is 'What runs where; deployment_status is ready, deploying, rolled_back or uncertain';
