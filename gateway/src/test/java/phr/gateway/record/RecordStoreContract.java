package phr.gateway.record;

/** What every record store must do. A store passes when a subclass of this passes. */
public abstract class RecordStoreContract
        implements WritingContract,
                WritersContract,
                ReadingContract,
                SearchContract,
                HistoryContract,
                AggregateContract,
                ConsentContract,
                OriginalsContract,
                SampleContract,
                PortionContract,
                ValueContract,
                SampledContract,
                SourceContract {}
