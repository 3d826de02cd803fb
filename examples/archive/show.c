/* What comes out: lists, search, numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "archive.h"

enum { PAGE = 20 };

static void print_document(const app_document *document)
{
	printf("%-10s  %-10s  %6lld  %s\n", app_document_class_label(document->classification),
	       app_document_status_label(document->status), (long long)document->size_bytes, document->filename.ptr);
}

/* Page by page, each behind the last row of the one before: no page costs more than the first. */
bool archive_list(struct archive *archive, char **arguments)
{
	app_user owner;
	app_document_class wanted;
	app_documents page;
	app_document last;
	size_t conditions = 1;
	if (!archive_user(archive, arguments[0], &owner))
		return false;
	app_document_where where[2] = {app_document_where_owner_id_eq(owner.id)};
	if (arguments[1] && !app_document_class_parse(lexo_cstr(arguments[1]), &wanted)) {
		fprintf(stderr, "no class is called %s\n", arguments[1]);
		return false;
	}
	if (arguments[1])
		where[conditions++] = app_document_where_classification_eq(wanted);
	app_document_query query = {.where = where,
				    .where_count = conditions,
				    .order = APP_DOCUMENT_BY_FILENAME,
				    .limit = PAGE,
				    .omit = APP_DOCUMENT_OCR_TEXT | APP_DOCUMENT_METADATA};
	do {
		if (!archive_is_fine(archive, "list", app_document_find(archive->db, &query, archive->arena, &page)))
			return false;
		for (size_t i = 0; i < page.len; i++)
			print_document(&page.items[i]);
		if (page.len) {
			last = page.items[page.len - 1];
			query.after = &last;
		}
	} while (page.len == PAGE);
	return true;
}

bool archive_search(struct archive *archive, char **arguments)
{
	app_user owner;
	app_document_search_rows found;
	if (!archive_user(archive, arguments[0], &owner))
		return false;
	const app_document_search_args args = {.owner = owner.id, .words = lexo_cstr(arguments[1])};
	if (!archive_is_fine(archive, "search", app_document_search(archive->db, &args, archive->arena, &found)))
		return false;
	for (size_t i = 0; i < found.len; i++)
		printf("%.3f  %s\n", (double)found.items[i].rank, found.items[i].filename.ptr);
	if (!found.len)
		printf("nothing about %s\n", arguments[1]);
	return true;
}

/* A number for each status, and the sum, in one round trip. */
bool archive_stats(struct archive *archive, char **arguments)
{
	app_user owner;
	app_owner_stats all;
	int64_t counts[APP_DOCUMENT_STATUS_ARCHIVED + 1] = {0};
	if (!archive_user(archive, arguments[0], &owner))
		return false;
	lexo_rc rc = lexo_batch_begin(archive->db);
	for (unsigned i = 1; i <= APP_DOCUMENT_STATUS_ARCHIVED && rc < LEXO_E_FIRST; i++) {
		const app_document_where where[] = {app_document_where_owner_id_eq(owner.id),
						    app_document_where_status_eq((app_document_status)i)};
		rc = app_document_count(archive->db, &(app_document_query){LEXO_WHERE(where)}, &counts[i]);
	}
	const app_owner_stats_where mine[] = {app_owner_stats_where_owner_id_eq(owner.id)};
	if (rc < LEXO_E_FIRST)
		rc = app_owner_stats_find_one(archive->db, &(app_owner_stats_query){LEXO_WHERE(mine)}, archive->arena,
					      &all);
	if (rc < LEXO_E_FIRST)
		rc = lexo_batch_run(archive->db);
	if (!archive_is_fine(archive, "stats", rc))
		return false;
	for (unsigned i = 1; i <= APP_DOCUMENT_STATUS_ARCHIVED; i++)
		if (counts[i])
			printf("%-10s  %lld\n", app_document_status_label((app_document_status)i),
			       (long long)counts[i]);
	printf("%lld documents, %s bytes\n", (long long)all.documents, all.bytes.ptr ? all.bytes.ptr : "0");
	return true;
}
