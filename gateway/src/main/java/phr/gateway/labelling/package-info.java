/**
 * Sensitivity labels at run time: the tables in force, labels that people add, relabelling when tables change
 * (consent-semantics.md §6.1).
 *
 * <p>How labels are computed and stored is not decided here.
 */
@NullMarked
package phr.gateway.labelling;

import org.jspecify.annotations.NullMarked;
