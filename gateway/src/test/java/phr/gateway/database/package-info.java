/** How requests share the database. */
@NullMarked
package phr.gateway.database;

import org.jspecify.annotations.NullMarked;
