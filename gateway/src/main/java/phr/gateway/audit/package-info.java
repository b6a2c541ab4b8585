/**
 * The access log (開示・受領の記録): one hash-chained entry per permit and denial, readable by the person.
 *
 * <p>Insert only. No value of a record is ever part of an entry.
 */
@NullMarked
package phr.gateway.audit;

import org.jspecify.annotations.NullMarked;
