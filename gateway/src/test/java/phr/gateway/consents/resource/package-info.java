@NullMarked
package phr.gateway.consents.resource;

import org.jspecify.annotations.NullMarked;
