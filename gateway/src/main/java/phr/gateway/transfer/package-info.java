/**
 * The record out and in as a signed package, its inventory, and the provider's public keys (phr-package.md §7, §9.1).
 *
 * <p>Plugs the record into the sockets of {@link phr.portability.Exporter} and {@link phr.portability.Importer}; what a package
 * looks like is not known here.
 */
@NullMarked
package phr.gateway.transfer;

import org.jspecify.annotations.NullMarked;
