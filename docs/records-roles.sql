-- Who may do what with the records (docs/records.md). Run by the owner of the tables, or a superuser, once after the first
-- migration; it may be run again after an upgrade, and then with the names of new environments. In psql:
--   psql -v ON_ERROR_STOP=1 -v environments="development staging production" -f docs/records-roles.sql DATABASE
-- These are groups without login. Make the users of your processes members of them:
--   create user slipway_control password '...' in role slipway_writer;
--   create user slipway_starter password '...' in role slipway_reader, slipway_keeper;
--   create user platform_production password '...' in role slipway_environment_production;
\if :{?environments} \else \set environments 'development staging production' \endif
select set_config('slipway.environments', :'environments', false);

do $$
declare
    environment text;
    role text;
begin
    foreach role in array array['slipway_writer', 'slipway_reader'] loop
        if not exists (select from pg_roles where rolname = role) then
            execute format('create role %I nologin', role);
        end if;
        execute format('grant usage on schema slipway to %I', role);
        execute format('grant select on all tables in schema slipway to %I', role);
    end loop;

    -- facts are only ever added; what attempts, stages and recoveries say is only ever the latest
    grant insert on slipway.facts to slipway_writer;
    grant insert, update on slipway.attempts, slipway.stages, slipway.recoveries to slipway_writer;

    -- the starter's second role: bundles and diffs are added there, and their content is never changed
    if not exists (select from pg_roles where rolname = 'slipway_keeper') then
        create role slipway_keeper nologin;
    end if;
    grant usage on schema slipway to slipway_keeper;
    grant select, insert, update (kept_at) on slipway.documents to slipway_keeper;

    -- one role per environment: it sees that environment's rows of the registry, and nothing else
    foreach environment in array string_to_array(current_setting('slipway.environments'), ' ') loop
        role := 'slipway_environment_' || environment;
        if not exists (select from pg_roles where rolname = role) then
            execute format('create role %I nologin', role);
        end if;
        execute format('grant usage on schema slipway to %I', role);
        execute format('grant select on slipway.model_registry_entries to %I', role);
    end loop;
end
$$;
