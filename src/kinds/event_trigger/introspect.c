/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/event_trigger/event_trigger.h"

enum { OID, NAME, EVENT, TAGS, FUNCTION, FUNCTION_SCHEMA, FUNCTION_NAME, ENABLED };

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_event_trigger *trigger =
	    lx_catalog_new(catalog, LX_KIND_EVENT_TRIGGER, NULL, NULL, lx_row_text(row, NAME));
	trigger->event = lx_row_text(row, EVENT);
	trigger->tags = lx_row_texts(row, TAGS);
	trigger->function_object = lx_catalog_find(catalog, LX_PG_PROC, lx_row_oid(row, FUNCTION), 0);
	trigger->function_schema = lx_row_text(row, FUNCTION_SCHEMA);
	trigger->function = lx_row_text(row, FUNCTION_NAME);
	trigger->enabled = lx_row_enabled(row, ENABLED);
	lx_catalog_add(catalog, &trigger->base, LX_PG_EVENT_TRIGGER, lx_row_oid(row, OID), 0);
}

const struct lx_kind_catalog lx_event_trigger_catalog = {
    .query = "SELECT v.oid, v.evtname, v.evtevent, ARRAY(SELECT tag FROM unnest(v.evttags) t(tag) ORDER BY tag COLLATE \"C\"),"
	     " v.evtfoid, n.nspname, p.proname, v.evtenabled FROM pg_catalog.pg_event_trigger v"
	     " JOIN pg_catalog.pg_proc p ON p.oid = v.evtfoid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
	     " WHERE " LX_NOT_MEMBER("'pg_catalog.pg_event_trigger'::regclass", "v.oid") " ORDER BY v.evtname",
    .read = read,
};
