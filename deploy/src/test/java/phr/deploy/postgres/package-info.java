/** Tests of the local PostgreSQL against the real programs. */
@NullMarked
package phr.deploy.postgres;

import org.jspecify.annotations.NullMarked;
