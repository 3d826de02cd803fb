/* The least that a libpq program can do: connect, select one row, print it.  What `lexo current` is measured against.
 * usage: minimal CONNINFO
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <libpq-fe.h>

int main(int argc, char **argv)
{
	PGconn *connection = PQconnectdb(argc > 1 ? argv[1] : "");
	if (PQstatus(connection) != CONNECTION_OK) {
		fputs(PQerrorMessage(connection), stderr);
		PQfinish(connection);
		return 1;
	}
	PGresult *result = PQexec(connection, "SELECT version_num FROM lexo.revision");
	int is_row = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
	if (is_row)
		puts(PQgetvalue(result, 0, 0));
	else
		fputs(PQerrorMessage(connection), stderr);
	PQclear(result);
	PQfinish(connection);
	return is_row ? 0 : 1;
}
