/* The worker: takes documents that wait, one after the other, and says what they are.  Several may run at once.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"

/* What a word in the text says of the document.  A real one would ask something cleverer. */
static const struct {
	const char *word;
	app_document_class is;
} words[] = {
    {"invoice", APP_DOCUMENT_CLASS_INVOICE}, {"contract", APP_DOCUMENT_CLASS_CONTRACT},
    {"receipt", APP_DOCUMENT_CLASS_RECEIPT}, {"report", APP_DOCUMENT_CLASS_REPORT},
    {"dear ", APP_DOCUMENT_CLASS_LETTER},
};

static app_document_class classify(const char *text)
{
	for (const char *at = text ? text : ""; *at; at++)
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			const char *word = words[i].word;
			size_t n = 0;
			while (word[n] && (at[n] | 0x20) == (word[n] | 0x20))
				n++;
			if (!word[n])
				return words[i].is;
		}
	return APP_DOCUMENT_CLASS_OTHER;
}

struct taking {
	const struct archive *archive;
	app_document document;
	app_document_class is;
};

/* One that waits and that no other worker has; its row is locked until it is done. */
static lexo_rc take(lexo_db *db, void *context)
{
	struct taking *taking = context;
	const app_document_where where[] = {app_document_where_status_eq(APP_DOCUMENT_STATUS_PENDING)};
	const app_document_query oldest = {LEXO_WHERE(where), .order = APP_DOCUMENT_BY_CREATED_AT,
					   .lock = LEXO_LOCK_UPDATE_SKIP_LOCKED};
	lexo_rc rc = app_document_find_one(db, &oldest, taking->archive->arena, &taking->document);
	if (rc != LEXO_OK)
		return rc;
	app_document_patch patch = {0};
	taking->is = classify(taking->document.ocr_text.ptr);
	app_document_patch_classification(&patch, taking->is);
	app_document_patch_status(&patch, APP_DOCUMENT_STATUS_INDEXED);
	return app_document_update(db, taking->document.id, &patch, NULL, NULL);
}

/* Until none waits. */
static bool take_all(const struct archive *archive)
{
	for (;;) {
		struct taking taking = {.archive = archive};
		lexo_rc rc = lexo_transact(archive->db, 0, 3, take, &taking);
		if (!archive_is_fine(archive, "document", rc))
			return false;
		if (rc == LEXO_NOT_FOUND)
			return true;
		printf("%s: %s\n", taking.document.filename.ptr, app_document_class_label(taking.is));
		fflush(stdout);
		lexo_arena_reset(archive->arena);
	}
}

bool archive_work(struct archive *archive, char **arguments)
{
	unsigned long seconds = arguments[0] ? strtoul(arguments[0], NULL, 10) : 0;
	lexo_notification heard;
	/* listens first, so that nothing comes between looking and listening */
	lexo_rc rc = lexo_listen(archive->db, ARCHIVE_CHANNEL);
	while (archive_is_fine(archive, "listening", rc) && take_all(archive)) {
		rc = lexo_wait(archive->db, seconds > 86400 ? 86400000 : (unsigned)seconds * 1000, archive->arena,
			       &heard);
		if (rc == LEXO_DONE)
			return true; /* for so long there was nothing to do */
	}
	return false;
}
