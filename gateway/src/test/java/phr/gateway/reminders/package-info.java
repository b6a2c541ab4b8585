@NullMarked
package phr.gateway.reminders;

import org.jspecify.annotations.NullMarked;
