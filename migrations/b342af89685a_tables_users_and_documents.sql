-- lexo:revision b342af89685a
-- lexo:revises  <base>
-- lexo:message  tables users and documents
-- lexo:created  2026-11-23T00:16:59Z
-- lexo:state    b2fbaf8afd79020d9b38bf4bfaaf84b7a47ef7b26441405f9afbac7ff7d3b3cc

-- lexo:upgrade
CREATE EXTENSION citext;

COMMENT ON EXTENSION citext IS 'E-mail addresses compare without regard to case.';

CREATE EXTENSION pg_trgm;

COMMENT ON EXTENSION pg_trgm IS 'Trigram indexes: finding a file by part of its name.';

CREATE TYPE public.document_class AS ENUM ('unclassified', 'invoice', 'contract', 'letter', 'receipt', 'report', 'other');

COMMENT ON TYPE public.document_class IS 'What kind of paper a document is.';

CREATE TYPE public.document_status AS ENUM ('pending', 'processing', 'indexed', 'failed', 'archived');

COMMENT ON TYPE public.document_status IS 'Where a document stands on its way through recognition.';

CREATE TYPE public.user_role AS ENUM ('admin', 'user', 'readonly');

COMMENT ON TYPE public.user_role IS 'What a user may do.';

CREATE DOMAIN public.confidence AS float4 CONSTRAINT confidence_range CHECK (VALUE BETWEEN 0 AND 1);

COMMENT ON DOMAIN public.confidence IS 'How sure recognition is of its text: 0 guessed, 1 certain.';

CREATE DOMAIN public.email AS citext CONSTRAINT email_shape CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+$');

COMMENT ON DOMAIN public.email IS 'An e-mail address: something, an @, something; no more can be known without sending mail.';

CREATE DOMAIN public.sha256 AS bytea CONSTRAINT sha256_length CHECK (octet_length(VALUE) = 32);

COMMENT ON DOMAIN public.sha256 IS 'A SHA-256 digest as 32 raw bytes.';

CREATE FUNCTION public.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

COMMENT ON FUNCTION public.touch_updated_at() IS 'Sets `updated_at` to the time of the transaction that changes the row.';

CREATE TABLE public.documents (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    owner_id uuid NOT NULL,
    filename text NOT NULL,
    mime_type text DEFAULT 'application/octet-stream' NOT NULL,
    size_bytes int8 NOT NULL,
    sha256 public.sha256 NOT NULL,
    ocr_text text,
    ocr_confidence public.confidence,
    ocr_language regconfig DEFAULT 'simple'::regconfig NOT NULL,
    classification public.document_class DEFAULT 'unclassified' NOT NULL,
    status public.document_status DEFAULT 'pending' NOT NULL,
    status_detail text,
    tags text[] DEFAULT '{}' NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector(ocr_language, filename || ' ' || coalesce(ocr_text, ''))) STORED NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT documents_pkey PRIMARY KEY (id),
    CONSTRAINT documents_owner_id_sha256_key UNIQUE (owner_id, sha256),
    CONSTRAINT documents_filename_not_empty CHECK (filename <> ''),
    CONSTRAINT documents_size_not_negative CHECK (size_bytes >= 0),
    CONSTRAINT documents_metadata_is_object CHECK (jsonb_typeof(metadata) = 'object')
);

COMMENT ON TABLE public.documents IS 'A stored file and what recognition found in it.';

COMMENT ON COLUMN public.documents.owner_id IS 'Who stored it; a user''s documents go with the user.';

COMMENT ON COLUMN public.documents.filename IS 'As uploaded, without folders.';

COMMENT ON COLUMN public.documents.sha256 IS 'Of the file''s bytes; the same file twice from one owner is refused.';

COMMENT ON COLUMN public.documents.ocr_text IS 'Null: not recognised.';

COMMENT ON COLUMN public.documents.ocr_language IS 'Text search configuration of the language: `english`, `german`; `simple` when unknown.';

COMMENT ON COLUMN public.documents.status_detail IS 'For people: why it failed, or what it waits for.';

COMMENT ON COLUMN public.documents.metadata IS 'Whatever else is known; always an object.';

COMMENT ON COLUMN public.documents.search IS 'Name and text, ready for full-text search.';

COMMENT ON COLUMN public.documents.created_at IS 'When the row was stored.';

COMMENT ON COLUMN public.documents.updated_at IS 'When the row last changed; kept by the trigger `touch`.';

CREATE INDEX documents_filename_idx ON public.documents USING gin (filename gin_trgm_ops);

COMMENT ON INDEX public.documents_filename_idx IS 'Part of a file name.';

CREATE INDEX documents_metadata_idx ON public.documents USING gin (metadata jsonb_path_ops);

CREATE INDEX documents_owner_id_created_at_idx ON public.documents (owner_id, created_at DESC);

COMMENT ON INDEX public.documents_owner_id_created_at_idx IS 'An owner''s documents, newest first.';

CREATE INDEX documents_search_idx ON public.documents USING gin (search);

COMMENT ON INDEX public.documents_search_idx IS 'Full-text search.';

CREATE INDEX documents_tags_idx ON public.documents USING gin (tags);

CREATE INDEX documents_work_queue_idx ON public.documents (created_at) WHERE status IN ('pending', 'failed');

COMMENT ON INDEX public.documents_work_queue_idx IS 'What the workers look for: small, since most documents are done.';

CREATE TRIGGER touch BEFORE UPDATE ON public.documents
    FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email public.email NOT NULL,
    password_hash text NOT NULL,
    role public.user_role DEFAULT 'user' NOT NULL,
    is_active bool DEFAULT true NOT NULL,
    last_login_at timestamptz,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT password_is_hashed CHECK (password_hash ~ '^\$[a-z0-9-]+\$.+')
);

COMMENT ON TABLE public.users IS 'A person or service that may sign in.';

COMMENT ON COLUMN public.users.email IS 'Sign-in name; unique without regard to case.';

COMMENT ON COLUMN public.users.password_hash IS 'The whole hash string, `$algorithm$parameters$salt$hash`; never the password.';

COMMENT ON COLUMN public.users.is_active IS 'False: may not sign in; the documents stay.';

COMMENT ON COLUMN public.users.last_login_at IS 'Null: has never signed in.';

COMMENT ON COLUMN public.users.created_at IS 'When the row was stored.';

COMMENT ON COLUMN public.users.updated_at IS 'When the row last changed; kept by the trigger `touch`.';

ALTER TABLE public.documents ADD CONSTRAINT documents_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.users (id) ON DELETE CASCADE;

CREATE INDEX users_active_role_idx ON public.users (role) WHERE is_active;

COMMENT ON INDEX public.users_active_role_idx IS 'Listing by role is asked for active users only.';

CREATE TRIGGER touch BEFORE UPDATE ON public.users
    FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

CREATE VIEW public.owner_stats (owner_id, documents, bytes) AS
SELECT owner_id, count(*) AS documents, sum(size_bytes) AS bytes
    FROM public.documents
   GROUP BY owner_id;

COMMENT ON VIEW public.owner_stats IS 'How much each user has stored.';

-- lexo:downgrade
DROP VIEW public.owner_stats;

-- drops the table with all its rows
DROP TABLE public.documents;

-- drops the table with all its rows
DROP TABLE public.users;

DROP FUNCTION public.touch_updated_at();

DROP DOMAIN public.sha256;

DROP DOMAIN public.email;

DROP DOMAIN public.confidence;

DROP TYPE public.user_role;

DROP TYPE public.document_status;

DROP TYPE public.document_class;

DROP EXTENSION pg_trgm;

DROP EXTENSION citext;
