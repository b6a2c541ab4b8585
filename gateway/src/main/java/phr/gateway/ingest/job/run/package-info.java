/**
 * Reads the files of jobs and puts them into records: a job is of one node at a time, a person has one job at a time, and whoever
 * goes on after a crash doubles nothing. Consents are asked at the start and by each batch.
 */
@NullMarked
package phr.gateway.ingest.job.run;

import org.jspecify.annotations.NullMarked;
