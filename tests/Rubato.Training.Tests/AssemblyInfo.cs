// libtorch's generator and thread count are the process's: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
