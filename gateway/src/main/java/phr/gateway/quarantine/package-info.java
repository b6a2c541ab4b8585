/**
 * The quarantine: what is stored passes the structural checks of the pipeline only; here it is validated in full afterwards, slowly
 * and in the background, and what has an error is kept from recipients.
 *
 * <p>Of documents each current version is validated, of packed samples one for each series: samples of a series differ in numbers and
 * times only. A resource with an error stays where it is, with its original, its versions and its Provenance. It gets the label
 * {@link phr.fhir.facts.Labels#QUARANTINED}, with which no permit releases it to a recipient. The person sees it in her record, and
 * here rule and place of each error. It is released by her, by a new version that passes, or by passing again after an upgrade of
 * validator, guide or packages. A new version stays in quarantine until it has been validated itself.
 *
 * <p>A sender can put nothing into quarantine but what it has stored itself, and cannot send the label. What it stores in masses waits
 * behind what others have stored; the queue holds ids only. What cannot be validated, be it that it takes too long, counts as wrong;
 * what the validator cannot tell for lack of terminology does not.
 *
 * <p>No value of a record stands in these tables, and nothing here answers a request of a recipient.
 */
@NullMarked
package phr.gateway.quarantine;

import org.jspecify.annotations.NullMarked;
