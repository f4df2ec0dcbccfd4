namespace Rubato.Architecture.Tests;

public sealed class PublicApiTests
{
    private const string Approved = "tests/Rubato.Architecture.Tests/PublicApi/Rubato.txt";

    /// <summary>A change of the surface is seen in review: run the test with <c>RUBATO_APPROVE=1</c> to write the file anew, then look at the difference.</summary>
    [Fact]
    public void PackageRubato_Surface_IsTheApprovedOne()
    {
        var actual = PublicApi.Print(typeof(Schedule).Assembly.GetExportedTypes());
        if (Environment.GetEnvironmentVariable("RUBATO_APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Approved), actual);
        }

        var approved = Repository.Read(Approved);
        Assert.True(actual == approved, Difference(approved.Split('\n'), actual.Split('\n')));
    }

    [Fact]
    public void Print_Members_AreWrittenAsInTheSource() =>
        Assert.Equal(
            """
            abstract record class Rubato.Architecture.Tests.PublicApiTests.Sample
                abstract double At(long step)
                const int Most = 3
                double? Rate { get; init; }
                new(string? Name)
                static IReadOnlyList<string?> Names(in double first, out int count, params string[] rest)
                string? Name { get; init; }
                void Reset(bool all = true, double? rate = default)

            """,
            PublicApi.Print([typeof(Sample)]));

    private static string Difference(string[] approved, string[] current) =>
        string.Join('\n', [
            $"The public surface is not {Approved} (RUBATO_APPROVE=1 ./test architecture writes it anew):",
            .. approved.Except(current, StringComparer.Ordinal).Select(line => $"- {line}"),
            .. current.Except(approved, StringComparer.Ordinal).Select(line => $"+ {line}"),
        ]);

    public abstract record Sample(string? Name)
    {
        public const int Most = 3;

        public double? Rate { get; init; }

        public abstract double At(long step);

        public static IReadOnlyList<string?> Names(in double first, out int count, params string[] rest)
        {
            count = rest.Length;
            return first > 0 ? rest : [];
        }

        public void Reset(bool all = true, double? rate = null) => _ = (all, rate);
    }
}
