package phr.fhir.normalise.vendor.measure;

/**
 * Where a measurement comes from.
 *
 * @param vendor the source store, e.g. {@code samsung-health}
 * @param type the source's own name of the type, part of derived keys
 * @param app that wrote it, empty = not stated
 * @param device model of the device, empty = not stated
 * @param manual the person typed it in
 */
public record Source(String vendor, String type, String app, String device, boolean manual) {}
