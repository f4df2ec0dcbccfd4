// libtorch's random state and thread count are process-wide.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
