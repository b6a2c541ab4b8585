/**
 * The access log (開示・受領の記録): one hash-chained entry per permit and denial, readable by the person. What a
 * guardian of somebody of 15 to 17 does not see of it: {@link phr.gateway.audit.Discretion}.
 *
 * <p>Insert only. No value of a record is ever part of an entry.
 */
@NullMarked
package phr.gateway.audit;

import org.jspecify.annotations.NullMarked;
