/* A program over the generated bindings: stores users and documents, asks for them in several ways, and prints what it
 * got. It talks to the database that libpq finds (DATABASE_URL, or PGHOST and the like), may be run again and again,
 * and leaves its rows there.   usage: documents SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "app_models.h"

/* One place for failures: which call, what the server said.  Answers (not found) are no failures. */
static bool is_fine(lexo_db *db, const char *call, lexo_rc rc)
{
	if (rc < LEXO_E_FIRST)
		return true;
	const lexo_error *error = lexo_err(db);
	fprintf(stderr, "%s: %s: %s\n", call, lexo_rc_name(rc), error->message);
	if (error->detail[0] != '\0')
		fprintf(stderr, "  %s\n", error->detail);
	return false;
}

/* The user with this address; made when there is none. */
static bool find_or_add_user(lexo_db *db, lexo_arena *arena, lexo_str email, app_user_role role, app_user *user)
{
	lexo_rc rc = app_user_get_by_email(db, email, arena, user);
	if (rc == LEXO_NOT_FOUND) {
		app_user_new new_user = {.email = email,
					 .password_hash = LEXO_S("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"),
					 .role = role};
		rc = app_user_insert(db, &new_user, arena, user);
	}
	return is_fine(db, "user", rc);
}

struct paper {
	const char *filename;
	const char *text;
	float confidence;
	const char *language;
	app_document_class classification;
	const char *tags[2];
};

/* What a worker would have found in scanned files. */
static const struct paper papers[] = {
    {"invoice-2026-04.pdf",
     "Invoice 2026-04: forty pounds of coffee beans",
     0.98F,
     "english",
     APP_DOCUMENT_CLASS_INVOICE,
     {"coffee", "2026"}},
    {"mietvertrag.pdf",
     "Mietvertrag für die Wohnung im zweiten Stock",
     0.91F,
     "german",
     APP_DOCUMENT_CLASS_CONTRACT,
     {"wohnung", NULL}},
    {"lettre.tiff", "Chère Madame, merci de votre lettre", 0.67F, "french", APP_DOCUMENT_CLASS_LETTER, {NULL, NULL}},
    {"receipt-till-3.png", "2 coffee 5.80, thank you", 0.74F, "english", APP_DOCUMENT_CLASS_RECEIPT, {"coffee", NULL}},
};

static app_document_new describe(const struct paper *paper, lexo_uuid owner, const uint8_t digest[32], lexo_str tags[2])
{
	size_t tag_count = 0;
	while (tag_count < 2 && paper->tags[tag_count] != NULL) {
		tags[tag_count] = lexo_cstr(paper->tags[tag_count]);
		tag_count++;
	}
	return (app_document_new){
	    .owner_id = owner,
	    .filename = lexo_cstr(paper->filename),
	    .size_bytes = (int64_t)strlen(paper->text),
	    .sha256 = {digest, 32},
	    .ocr_text = lexo_cstr(paper->text),
	    .ocr_confidence = LEXO_SOME(paper->confidence),
	    .ocr_language = lexo_cstr(paper->language),
	    .classification = paper->classification,
	    .status = APP_DOCUMENT_STATUS_INDEXED,
	    .tags = {.items = tags, .len = tag_count},
	    .metadata = {"{\"source\": \"scanner 3\"}", 23},
	};
}

/* Stores every paper for OWNER; one that is stored already is told from other failures by its constraint. */
static bool store_papers(lexo_db *db, lexo_arena *arena, const app_user *owner)
{
	for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
		uint8_t digest[32];
		lexo_str tags[2];
		app_document document;
		if (EVP_Digest(papers[i].text, strlen(papers[i].text), digest, NULL, EVP_sha256(), NULL) != 1)
			return false;
		app_document_new new_document = describe(&papers[i], owner->id, digest, tags);
		lexo_rc rc = app_document_insert(db, &new_document, arena, &document);
		if (rc == LEXO_E_UNIQUE && lexo_err(db)->constraint == APP_K_DOCUMENTS_OWNER_ID_SHA256_KEY)
			printf("  %s is stored already\n", papers[i].filename);
		else if (!is_fine(db, "app_document_insert", rc))
			return false;
		else
			printf("  stored %s\n", document.filename.ptr);
	}
	return true;
}

/* The same address in capitals is the same address: the column's type says so, the server holds it, the error names it.
 */
static bool show_unique_email(lexo_db *db, lexo_arena *arena)
{
	app_user user;
	app_user_new again = {.email = LEXO_S("ADA@example.org"), .password_hash = LEXO_S("$argon2id$x")};
	lexo_rc rc = app_user_insert(db, &again, arena, &user);
	if (rc != LEXO_E_UNIQUE || lexo_err(db)->constraint != APP_K_USERS_EMAIL_KEY) {
		fprintf(stderr, "the second ADA@example.org should have been refused\n");
		return false;
	}
	printf("  refused a second ADA@example.org: %s (%s)\n", lexo_err(db)->constraint_name, lexo_rc_name(rc));
	return true;
}

static bool mark_reviewed(lexo_db *db, lexo_arena *arena, const app_documents *documents)
{
	for (size_t i = 0; i < documents->len; i++) {
		const app_document *document = &documents->items[i];
		if (!document->ocr_confidence.has || document->ocr_confidence.v >= 0.7F)
			continue;
		app_document_patch patch = {0};
		app_document changed;
		app_document_patch_status(&patch, APP_DOCUMENT_STATUS_FAILED);
		app_document_patch_status_detail(&patch, LEXO_S("confidence below 0.7: scan again"));
		if (!is_fine(db, "app_document_update", app_document_update(db, document->id, &patch, arena, &changed)))
			return false;
		printf("  %s is %s: %s\n", changed.filename.ptr, app_document_status_label(changed.status),
		       changed.status_detail.ptr);
	}
	return true;
}

static void print_documents(const app_documents *documents)
{
	printf("\n  %-20s  %-9s  %-8s  %-8s  %5s  %4s  %s\n", "file", "class", "status", "language", "bytes", "sure",
	       "stored");
	printf("  --------------------  ---------  --------  --------  -----  ----  -------------------\n");
	for (size_t i = 0; i < documents->len; i++) {
		const app_document *document = &documents->items[i];
		char stored[LEXO_TS_TEXT];
		lexo_ts_format(document->created_at, stored);
		printf("  %-20s  %-9s  %-8s  %-8s  %5lld  %3.0f%%  %.19s\n", document->filename.ptr,
		       app_document_class_label(document->classification), app_document_status_label(document->status),
		       document->ocr_language.ptr, (long long)document->size_bytes,
		       document->ocr_confidence.has ? (double)document->ocr_confidence.v * 100 : 0.0, stored);
	}
}

/* A query of the models, by its name. */
static bool search(lexo_db *db, lexo_arena *arena, const app_user *owner, lexo_str words)
{
	const app_document_search_args args = {.owner = owner->id, .words = words};
	app_document_search_rows found;
	if (!is_fine(db, "app_document_search", app_document_search(db, &args, arena, &found)))
		return false;
	printf("\n  about \"%s\":\n", words.ptr);
	for (size_t i = 0; i < found.len; i++)
		printf("  %-20s  rank %.3f\n", found.items[i].filename.ptr, (double)found.items[i].rank);
	return true;
}

static bool run(lexo_db *db, lexo_arena *arena)
{
	app_user ada;
	app_user bob;
	app_documents documents;

	puts("Users");
	if (!find_or_add_user(db, arena, LEXO_S("ada@example.org"), APP_USER_ROLE_ADMIN, &ada) ||
	    !find_or_add_user(db, arena, LEXO_S("bob@example.org"), APP_USER_ROLE_READONLY, &bob))
		return false;
	printf("  %s (%s), %s (%s)\n", ada.email.ptr, app_user_role_label(ada.role), bob.email.ptr,
	       app_user_role_label(bob.role));
	if (!show_unique_email(db, arena))
		return false;

	puts("Documents");
	if (!store_papers(db, arena, &ada))
		return false;

	puts("Review");
	if (!is_fine(db, "app_document_list_by_owner", app_document_list_by_owner(db, ada.id, 0, arena, &documents)) ||
	    !mark_reviewed(db, arena, &documents))
		return false;

	app_document_query newest = {.order = APP_DOCUMENT_BY_CREATED_AT_DESC, .limit = 10};
	if (!is_fine(db, "app_document_find", app_document_find(db, &newest, arena, &documents)))
		return false;
	print_documents(&documents);
	printf("\n  %zu documents of %s\n", documents.len, ada.email.ptr);
	return search(db, arena, &ada, LEXO_S("invoice OR coffee"));
}

int main(void)
{
	lexo_db *db = NULL;
	lexo_arena *arena = lexo_arena_new(0);
	lexo_rc rc = lexo_open(getenv("DATABASE_URL"), NULL, &db);
	bool is_done = arena != NULL && is_fine(db, "lexo_open", rc) && run(db, arena);
	lexo_close(db);
	lexo_arena_free(arena);
	return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}
