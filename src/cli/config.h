/* lexo.ini: found upwards from the working directory, read with inih; optional.  Every key is a row of config.def.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_CONFIG_H
#define LX_CLI_CONFIG_H
#include <stdbool.h>

#include "base/fail.h"
#include "base/vec.h"

struct lx_arena;

/* The C type of each type of key. */
#define LX_CONFIG_PATH const char *
#define LX_CONFIG_PATHS struct lx_vec /* of const char * */
#define LX_CONFIG_WORD const char *   /* a C identifier */
#define LX_CONFIG_TEXT const char *
#define LX_CONFIG_NUMBER int
#define LX_CONFIG_TIME int /* milliseconds */
#define LX_CONFIG_BOOL bool

/* A line of [post_write_hooks]. */
struct lx_config_pair {
	const char *name, *value;
	int line;
};

struct lx_config {
	const char *file;   /* path of lexo.ini as it is shown, or NULL: none was found */
	const char *folder; /* of the project, to be put before relative paths: "" or "../" or "/x/" */
#define LX_CONFIG(key, type, initial, help) LX_CONFIG_##type key;
#include "cli/config.def"
#undef LX_CONFIG
	struct lx_vec hooks; /* struct lx_config_pair *, in the file's order */
};
struct lx_config_request {
	const char *file;               /* --config, or NULL */
	const char *section;            /* --name, or NULL */
	const struct lx_vec *variables; /* const char * "NAME=VALUE" */
};

/* Fills CONFIG with the defaults and then from the file.  Paths in it are relative to the file's folder and are made
 * relative to the working directory.  Codes: L0204 cannot be read, L0205 unknown key or section, L0206 bad value. */
enum lx_status lx_config_load(struct lx_arena *arena, const struct lx_config_request *request, struct lx_config *config,
			      struct lx_fail *fail);
/* "500ms", "3s", "1min", "2h", or plain milliseconds.  False: not a time. */
bool lx_config_milliseconds(const char *text, int *milliseconds);
#endif
