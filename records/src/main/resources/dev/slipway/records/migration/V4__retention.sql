-- Old attempts are deleted whole, by the owner alone, and it stays known that they were.

create table forgotten (
    run_id       text primary key,
    release      text not null,
    attempt      integer not null,
    ended_at     timestamptz not null,
    facts        bigint not null,
    head         text not null,
    forgotten_at timestamptz not null default now(),
    forgotten_by text not null default session_user
);
comment on table forgotten is 'Attempts that forget() has deleted; an export of one can still be held against its head';

create or replace function facts_stay() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('slipway.forgetting', true) = 'on' then
        return old;
    end if;
    raise exception 'facts stay as they are: % is refused', tg_op using errcode = 'integrity_constraint_violation';
end
$$;

-- All stages that model_registry_entries shows or compares with: while they are there, it says the same.
create view registry_rests_on as
select distinct on (choice.place, s.service, s.environment) s.run_id, s.service, s.environment, choice.place
from stages s
cross join (values ('latest'), ('settled'), ('served')) choice (place)
where s.state <> 'PENDING'
    and (choice.place <> 'settled' or s.outcome <> 'REFUSED')
    and (choice.place <> 'served' or s.outcome = 'PROMOTED')
order by choice.place, s.service, s.environment,
    case choice.place when 'latest' then s.started_at else s.ended_at end desc nulls last, s.updated_at desc;
comment on view registry_rests_on is 'The attempts that forget() never deletes, because what runs where is read from them';

create function forget(before timestamptz) returns table (what text, name text, why text)
language plpgsql set search_path = slipway, pg_temp set slipway.forgetting = 'on' as $$
declare
    old_runs text[];
begin
    -- what was kept a moment ago may belong to a release that has not told its first fact
    if before is null or before > now() - interval '1 day' then
        raise exception 'forget(%): give a time at least a day ago', before using errcode = 'invalid_parameter_value';
    end if;
    -- nobody may begin to rely on what is being deleted
    lock table attempts, stages, facts, documents in share row exclusive mode;

    return query
        select 'kept', a.release || ' attempt ' || a.attempt, 'the registry tells of it: ' || string_agg(distinct n.service || ' in ' || n.environment, ', ')
        from attempts a join registry_rests_on n on n.run_id = a.run_id
        where a.ended_at < before
        group by a.run_id order by 2;

    old_runs := array(
        select a.run_id from attempts a
        where a.ended_at < before and a.run_id not in (select n.run_id from registry_rests_on n));

    insert into forgotten (run_id, release, attempt, ended_at, facts, head)
    select a.run_id, a.release, a.attempt, a.ended_at, a.facts, a.head from attempts a where a.run_id = any (old_runs)
    on conflict (run_id) do update set ended_at = excluded.ended_at, facts = excluded.facts, head = excluded.head,
        forgotten_at = excluded.forgotten_at, forgotten_by = excluded.forgotten_by;
    return query
        select 'deleted', a.release || ' attempt ' || a.attempt, a.facts || ' facts up to ' || a.head
        from attempts a where a.run_id = any (old_runs) order by a.ended_at;
    delete from facts f where f.run_id = any (old_runs);
    delete from stages s where s.run_id = any (old_runs);
    delete from attempts a where a.run_id = any (old_runs);

    return query
        with gone as (
            delete from documents d
            where d.kept_at < before and not exists (
                select from facts f
                where f.details ->> d.kind = d.digest and f.kind = case d.kind when 'bundle' then 'REQUESTED' else 'ASKED' end)
            returning d.kind, d.digest
        )
        select 'deleted', gone.kind || ' ' || gone.digest, 'no attempt refers to it' from gone order by 2;
end
$$;
comment on function forget is 'Deletes attempts that ended before then, with the bundles and diffs that no other attempt refers to';
revoke all on function forget(timestamptz) from public;
