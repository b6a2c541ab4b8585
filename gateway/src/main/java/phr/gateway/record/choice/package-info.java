/**
 * Which of several sources is believed where they count the same (lifelog.md §4, several sources; sleep): who they are, in which order
 * the person has them, and how much of each value counts. No database, no permits: only what may be seen comes in here.
 */
@NullMarked
package phr.gateway.record.choice;

import org.jspecify.annotations.NullMarked;
