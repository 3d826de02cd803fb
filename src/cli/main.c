/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <lexo/lexo.h>

int main(void)
{
	printf("lexo %s\n", lexo_version());
	return 0;
}
