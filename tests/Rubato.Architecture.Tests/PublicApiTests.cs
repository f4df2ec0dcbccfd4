using System.Reflection;

namespace Rubato.Architecture.Tests;

public sealed class PublicApiTests
{
    /// <summary>A change of a surface is seen in review: run the test with <c>RUBATO_APPROVE=1</c> to write the file anew, then look at the difference.</summary>
    [Theory]
    [InlineData("Rubato")]
    [InlineData("Rubato.Torch")]
    public void Package_Surface_IsTheApprovedOne(string package)
    {
        var file = $"tests/Rubato.Architecture.Tests/PublicApi/{package}.txt";
        var actual = PublicApi.Print(Assembly.Load(package).GetExportedTypes());
        if (Environment.GetEnvironmentVariable("RUBATO_APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, file), actual);
        }

        var approved = Repository.Read(file);
        Assert.True(actual == approved, Difference(file, approved.Split('\n'), actual.Split('\n')));
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

    private static string Difference(string file, string[] approved, string[] current) =>
        string.Join('\n', [
            $"The public surface is not {file} (RUBATO_APPROVE=1 ./test architecture writes it anew):",
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
