/** What people do with the gateway from end to end, through its public HTTP interface only. */
@NullMarked
package phr.gateway.journey;

import org.jspecify.annotations.NullMarked;
