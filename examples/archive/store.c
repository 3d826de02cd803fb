/* What goes in: users and files.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "archive.h"

enum { LARGEST = 1 << 20 };

bool archive_add_user(struct archive *archive, char **arguments)
{
	app_user_new in = {.email = lexo_cstr(arguments[0]),
			   .password_hash = LEXO_S("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"),
			   .role = APP_USER_ROLE_USER};
	app_user user;
	if (arguments[1] && !app_user_role_parse(lexo_cstr(arguments[1]), &in.role)) {
		fprintf(stderr, "no role is called %s\n", arguments[1]);
		return false;
	}
	lexo_rc rc = app_user_insert(archive->db, &in, archive->arena, &user);
	/* the database holds what is unique and what an address looks like; the error says which of its rules it was */
	if (rc == LEXO_E_UNIQUE && lexo_err(archive->db)->constraint == APP_K_USERS_EMAIL_KEY) {
		fprintf(stderr, "%s is there already\n", arguments[0]);
		return false;
	}
	if (rc == LEXO_E_CHECK && lexo_err(archive->db)->constraint == APP_K_EMAIL_SHAPE) {
		fprintf(stderr, "%s is no address\n", arguments[0]);
		return false;
	}
	if (!archive_is_fine(archive, "user", rc))
		return false;
	printf("%s: %s\n", user.email.ptr, app_user_role_label(user.role));
	return true;
}

/* The whole of a small file, "-" for stdin; NULL with a line on stderr.  The caller frees it. */
static char *read_file(const char *path, size_t *length)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	char *text = file ? malloc(LARGEST + 1) : NULL;
	*length = text ? fread(text, 1, LARGEST + 1, file) : 0;
	bool is_good = text && !ferror(file) && *length <= LARGEST && !memchr(text, 0, *length);
	if (file && file != stdin)
		fclose(file);
	if (is_good)
		return text;
	fprintf(stderr, "%s cannot be read as a text of at most 1 MiB\n", path);
	free(text);
	return NULL;
}

struct storing {
	const struct archive *archive;
	const app_user *owner;
	const char *path;
	const char *text;
	size_t length;
};

/* The document and the word to the workers are one transaction: nobody hears of what is not there. */
static lexo_rc store(lexo_db *db, void *context)
{
	const struct storing *storing = context;
	const char *slash = strrchr(storing->path, '/'), *name = slash ? slash + 1 : storing->path;
	uint8_t digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	if (EVP_Digest(storing->text, storing->length, digest, &size, EVP_sha256(), NULL) != 1)
		return LEXO_E_NOMEM;
	const app_document_new in = {
	    .owner_id = storing->owner->id,
	    .filename = strcmp(name, "-") == 0 ? LEXO_S("stdin.txt") : lexo_cstr(name),
	    .mime_type = LEXO_S("text/plain"),
	    .size_bytes = (int64_t)storing->length,
	    .sha256 = {digest, size},
	    .ocr_text = {storing->text, storing->length},
	    .ocr_language = LEXO_S("english"),
	};
	app_document document;
	lexo_rc rc = app_document_insert(db, &in, storing->archive->arena, &document);
	char id[37] = "";
	if (rc == LEXO_OK)
		lexo_uuid_format(document.id, id);
	return rc == LEXO_OK ? lexo_notify(db, ARCHIVE_CHANNEL, lexo_cstr(id)) : rc;
}

static bool store_file(const struct archive *archive, const app_user *owner, const char *path)
{
	struct storing storing = {.archive = archive, .owner = owner, .path = path};
	char *text = read_file(path, &storing.length);
	if (!text)
		return false;
	storing.text = text;
	lexo_rc rc = lexo_transact(archive->db, 0, 3, store, &storing);
	free(text);
	if (rc == LEXO_E_UNIQUE && lexo_err(archive->db)->constraint == APP_K_DOCUMENTS_OWNER_ID_SHA256_KEY) {
		printf("%s: stored already\n", path);
		return true;
	}
	if (archive_is_fine(archive, path, rc))
		printf("%s: stored\n", path);
	return rc == LEXO_OK;
}

bool archive_add(struct archive *archive, char **arguments)
{
	app_user owner;
	bool is_done = archive_user(archive, arguments[0], &owner);
	if (is_done && owner.role == APP_USER_ROLE_READONLY) {
		fprintf(stderr, "%s only reads\n", arguments[0]);
		return false;
	}
	for (char **path = arguments + 1; is_done && *path; path++)
		is_done = store_file(archive, &owner, *path);
	return is_done;
}
