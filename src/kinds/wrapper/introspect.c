/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/wrapper/wrapper.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_wrapper *wrapper = lx_catalog_new(catalog, LX_KIND_WRAPPER, NULL, NULL, lx_row_text(row, 1));
	wrapper->handler = lx_row_text(row, 2);
	wrapper->validator = lx_row_text(row, 3);
	lx_foreign_options_read(row, 4, false, &wrapper->options);
	lx_catalog_add(catalog, &wrapper->base, LX_PG_FDW, lx_row_oid(row, 0), 0);
}

const struct lx_kind_catalog lx_wrapper_catalog = {
    .query = "SELECT w.oid, w.fdwname, CASE WHEN w.fdwhandler <> 0 THEN w.fdwhandler::regproc END,"
	     " CASE WHEN w.fdwvalidator <> 0 THEN w.fdwvalidator::regproc END, w.fdwoptions"
	     " FROM pg_catalog.pg_foreign_data_wrapper w WHERE " LX_NOT_MEMBER(
		 "'pg_catalog.pg_foreign_data_wrapper'::regclass", "w.oid") " ORDER BY w.fdwname",
    .read = read,
};
