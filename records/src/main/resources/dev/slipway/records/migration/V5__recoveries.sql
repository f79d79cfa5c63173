-- What 'slipway recover' has put back: a chain of facts of its own, and the last word on the stage that was gone.

create table recoveries (
    run_id       text primary key,
    release      text not null,
    service      text not null,
    version      text not null,
    attempt      integer not null,
    environment  text not null,
    gone_run_id  text not null,
    requested_by text not null,
    state        text not null,
    outcome      text,
    reason       text not null,
    view         jsonb not null,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    facts        bigint not null default 0,
    head         text not null,
    updated_at   timestamptz not null default now()
);
comment on table recoveries is 'One row per recovery, as it was when its latest fact was told';
comment on column recoveries.run_id is 'Run of the workflow Recovery in Temporal';
comment on column recoveries.gone_run_id is 'Run of the stage that was gone';
comment on column recoveries.view is 'State of the stage, with the undo of each resource';
create index recoveries_of_stage on recoveries (release, attempt, environment, started_at desc);

-- A fact belongs to an attempt or to a recovery, and neither goes before its facts. What looks into recoveries does so as the
-- owner, because whoever writes the rest may not be allowed to yet: roles are granted after an upgrade.
alter table facts drop constraint facts_run_id_fkey;
create function facts_belong() returns trigger language plpgsql security definer set search_path = slipway, pg_temp as $$
begin
    if not exists (select from attempts where run_id = new.run_id)
        and not exists (select from recoveries where run_id = new.run_id) then
        raise exception 'no attempt and no recovery has the run %', new.run_id using errcode = 'foreign_key_violation';
    end if;
    return new;
end
$$;
create trigger facts_belong before insert on facts for each row execute function facts_belong();

create function facts_are_of_it() returns trigger language plpgsql set search_path = slipway, pg_temp as $$
begin
    if tg_op = 'TRUNCATE' and exists (select from facts)
        or tg_op = 'DELETE' and exists (select from facts where run_id = old.run_id) then
        raise exception 'there are facts of it: % of % is refused', tg_op, tg_table_name using errcode = 'foreign_key_violation';
    end if;
    return old;
end
$$;
create trigger facts_are_of_it before delete on attempts for each row execute function facts_are_of_it();
create trigger facts_are_of_it before delete on recoveries for each row execute function facts_are_of_it();
create trigger facts_are_of_all before truncate on attempts for each statement execute function facts_are_of_it();
create trigger facts_are_of_all before truncate on recoveries for each statement execute function facts_are_of_it();

-- The release tells of a stage as it was heard of last, maybe long after the recovery: a recovery has the last word
-- as soon as it undoes something. One that was refused has left the stage as it was.
create function recovered() returns trigger language plpgsql security definer set search_path = slipway, pg_temp as $$
declare
    recovery record;
begin
    select r.* into recovery
    from attempts a
    join recoveries r on r.release = a.release and r.attempt = a.attempt and r.environment = new.environment
    where a.run_id = new.run_id
        and (r.outcome <> 'REFUSED' or r.outcome is null and r.state in ('UNDOING', 'STUCK'))
    order by r.started_at desc limit 1;
    if found then
        new.state := recovery.state;
        new.outcome := recovery.outcome;
        new.ended_at := recovery.ended_at;
        new.want_percent := (recovery.view ->> 'want')::integer;
        new.actual_percent := (recovery.view ->> 'actual')::integer;
    end if;
    return new;
end
$$;
create trigger recovered before insert or update on stages for each row execute function recovered();

create function recovers() returns trigger language plpgsql security definer set search_path = slipway, pg_temp as $$
begin
    update stages s set updated_at = now()
    from attempts a
    where a.run_id = s.run_id and a.release = new.release and a.attempt = new.attempt and s.environment = new.environment;
    return null;
end
$$;
create trigger recovers after insert or update on recoveries for each row execute function recovers();
revoke all on function facts_belong(), facts_are_of_it(), recovered(), recovers() from public;

create or replace function forget(before timestamptz) returns table (what text, name text, why text)
language plpgsql set search_path = slipway, pg_temp set slipway.forgetting = 'on' as $$
declare
    old_runs text[];
    old_recoveries text[];
begin
    -- what was kept a moment ago may belong to a release that has not told its first fact
    if before is null or before > now() - interval '1 day' then
        raise exception 'forget(%): give a time at least a day ago', before using errcode = 'invalid_parameter_value';
    end if;
    -- nobody may begin to rely on what is being deleted
    lock table attempts, stages, recoveries, facts, documents in share row exclusive mode;

    return query
        select 'kept', a.release || ' attempt ' || a.attempt, 'the registry tells of it: ' || string_agg(distinct n.service || ' in ' || n.environment, ', ')
        from attempts a join registry_rests_on n on n.run_id = a.run_id
        where a.ended_at < before
        group by a.run_id order by 2;

    old_runs := array(
        select a.run_id from attempts a
        where a.ended_at < before and a.run_id not in (select n.run_id from registry_rests_on n));
    -- what is said of a stage that is kept is kept with it
    old_recoveries := array(
        select r.run_id from recoveries r
        where r.ended_at < before and not exists (
            select from attempts a
            where a.release = r.release and a.attempt = r.attempt and a.run_id <> all (old_runs)));

    insert into forgotten (run_id, release, attempt, ended_at, facts, head)
    select a.run_id, a.release, a.attempt, a.ended_at, a.facts, a.head from attempts a where a.run_id = any (old_runs)
    union all
    select r.run_id, r.release, r.attempt, r.ended_at, r.facts, r.head from recoveries r where r.run_id = any (old_recoveries)
    on conflict (run_id) do update set ended_at = excluded.ended_at, facts = excluded.facts, head = excluded.head,
        forgotten_at = excluded.forgotten_at, forgotten_by = excluded.forgotten_by;
    return query
        select 'deleted', a.release || ' attempt ' || a.attempt, a.facts || ' facts up to ' || a.head
        from attempts a where a.run_id = any (old_runs) order by a.ended_at;
    return query
        select 'deleted', r.release || ' attempt ' || r.attempt || ', recovery in ' || r.environment, r.facts || ' facts up to ' || r.head
        from recoveries r where r.run_id = any (old_recoveries) order by r.ended_at;
    delete from facts f where f.run_id = any (old_runs || old_recoveries);
    delete from stages s where s.run_id = any (old_runs);
    delete from attempts a where a.run_id = any (old_runs);
    delete from recoveries r where r.run_id = any (old_recoveries);

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
