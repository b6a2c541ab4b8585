/**
 * How to run the product on one computer; its rooms are the parts that are started.
 *
 * <p>No part of the product lives here and none may depend on it outside its tests.
 */
@NullMarked
package phr.deploy;

import org.jspecify.annotations.NullMarked;
