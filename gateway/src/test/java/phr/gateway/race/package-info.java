/** Two gateway processes on one database, and people who change their minds while others read. */
@NullMarked
package phr.gateway.race;

import org.jspecify.annotations.NullMarked;
