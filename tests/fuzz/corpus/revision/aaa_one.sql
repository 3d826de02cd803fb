-- lexo:revision aaa
-- lexo:revises  <base>
-- lexo:message  One!
-- lexo:created  2026-01-01T00:00:00Z

-- lexo:upgrade
CREATE TABLE public.a (id int);
CREATE FUNCTION public.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END;
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY a_id ON public.a (id);
VACUUM public.a;

-- lexo:downgrade
DROP FUNCTION public.f();
-- lexo:step transaction=none
DROP INDEX CONCURRENTLY public.a_id;
DROP TABLE public.a;
