/** What all who ask the database share: how its failures sound. */
@NullMarked
package phr.gateway.database;

import org.jspecify.annotations.NullMarked;
