// Some tests train real networks, and libtorch's random state and thread count are the process's: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
