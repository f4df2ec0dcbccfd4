namespace Rubato.Architecture.Tests;

public sealed class ImmutabilityTests
{
    [Fact]
    public void PublicRecords_All_AreImmutable() => Findings.AssertNone(Library.PublicTypes.Where(Library.IsRecord).SelectMany(Library.MutableParts));

    [Fact]
    public void PublicRecords_AreFound() => Assert.Contains(typeof(Schedule), Library.PublicTypes.Where(Library.IsRecord));

    [Fact]
    public void PublicClasses_All_AreSealedOrAbstract() =>
        Findings.AssertNone(Library.PublicTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Select(type => type.FullName));

    [Theory]
    [InlineData(typeof(Good), 0)]
    [InlineData(typeof(WithSetter), 1)]
    [InlineData(typeof(WithField), 1)]
    [InlineData(typeof(Loose), 2)]
    public void MutableParts_Record_AreCounted(Type type, int expected)
    {
        Assert.True(Library.IsRecord(type));
        Assert.Equal(expected, Library.MutableParts(type).Count());
    }

    private sealed record Good(int A)
    {
        public int B { get; init; }
    }

    private sealed record WithSetter
    {
        public int A { get; set; }
    }

    private sealed record WithField
    {
#pragma warning disable CA1051 // The rule under test.
        public int A = 1;
#pragma warning restore CA1051
    }

    private record struct Loose(int A);
}
