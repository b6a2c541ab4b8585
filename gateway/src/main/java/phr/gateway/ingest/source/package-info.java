/**
 * The sources of a person's lifelog and the order in which she believes them (lifelog.md §6). How one of them is chosen is decided in
 * {@link phr.gateway.record.choice}.
 */
@NullMarked
package phr.gateway.ingest.source;

import org.jspecify.annotations.NullMarked;
