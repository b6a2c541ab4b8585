package phr.fhir.normalise;

import phr.fhir.sample.Sample;

/**
 * A sample among the drafts of its batch.
 *
 * @param before how many drafts of the batch stood before it in the file
 */
public record Placed(Sample sample, int before) {}
