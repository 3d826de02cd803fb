/* The reader of lexo.ini: any text is read or refused with a reason.
 * SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/vec.h"
#include "cli/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char path[64];
	static int fd = -1;
	if (fd < 0) {
		fd = memfd_create("lexo.ini", 0);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	struct lx_vec variables = {0};
	struct lx_config config;
	struct lx_fail fail = {0};
	if (fd < 0 || !arena || ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	lx_vec_push(arena, &variables, lx_arena_string(arena, "here=there"));
	const struct lx_config_request request = {.file = path, .section = "other", .variables = &variables};
	enum lx_status status = lx_config_load(arena, &request, &config, &fail);
	if ((status == LX_OK) != !fail.message[0] || (status == LX_OK && !config.script_location))
		abort();
	lx_arena_close(arena);
	return 0;
}
