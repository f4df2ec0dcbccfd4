namespace Rubato.Runs.Tests.Records;

public sealed class BestRecordTests
{
    [Fact]
    public void Metadata_Record_WhatAReaderOfTheFileNeeds() => Assert.Equal(
        [("watched", "validation-loss"), ("value", "0.3"), ("epoch", "2.5"), ("updates", "500"), ("samples", "64000")],
        Samples.Best().Metadata().Select(item => (item.Key, item.Value)));
}
