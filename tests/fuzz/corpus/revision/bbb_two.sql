-- lexo:revision bbb
-- lexo:revises  aaa
-- lexo:message  two

-- lexo:upgrade
SELECT 1; INSERT INTO public.a VALUES (1), (1);
-- é ü
SELECT 'ü' FROM public.a;
-- lexo:downgrade
