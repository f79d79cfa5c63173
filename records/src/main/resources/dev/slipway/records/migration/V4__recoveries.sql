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
