package phr.fhir.normalise.vendor.measure;

import phr.fhir.normalise.vendor.table.Kind;

/** Takes the rows of one kind of file. */
public interface Rows {

    Kind kind();

    /** One row; what cannot be mapped is reported. */
    void map(Fields row);
}
