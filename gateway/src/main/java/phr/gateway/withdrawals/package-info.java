/**
 * Deletion requests (削除依頼, 報告区分 19, 49, 69, 79, 89) as tasks of the person: what each is about, and her answer (checkup-cda.md §4.1, CDA-R9).
 *
 * <p>Nothing is deleted by itself; the originals stay in any case.
 */
@NullMarked
package phr.gateway.withdrawals;

import org.jspecify.annotations.NullMarked;
