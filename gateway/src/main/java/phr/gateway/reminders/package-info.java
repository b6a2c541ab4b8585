/**
 * Reminders: a job that finds what people should be told, and the page on which they read it.
 *
 * <p>No decision depends on the job: states are computed when they are read.
 */
@NullMarked
package phr.gateway.reminders;

import org.jspecify.annotations.NullMarked;
