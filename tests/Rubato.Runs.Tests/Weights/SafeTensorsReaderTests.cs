using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rubato.Runs.Weights;

namespace Rubato.Runs.Tests.Weights;

public sealed class SafeTensorsReaderTests
{
    private static readonly string[] Types = ["U8", "F16", "F32", "I64"];
    private static readonly int[] Sizes = [1, 2, 4, 8];

    [Fact]
    public void Open_GoldenFile_TensorsAndMetadata()
    {
        using var reader = SafeTensorsReader.Open(SafeTensorsWriterTests.Golden);

        Assert.Equal(["1.num_batches_tracked", "0.weight", "0.bias", "größe"], reader.Tensors.Select(tensor => tensor.Name), StringComparer.Ordinal);
        Assert.Equal(["I64", "F32", "F32", "U8"], reader.Tensors.Select(tensor => tensor.Type), StringComparer.Ordinal);
        Assert.Equal([2L, 3L], reader.Tensors[1].Shape);
        Assert.Empty(reader.Tensors[0].Shape);
        Assert.Equal("pt", Assert.Single(reader.Metadata).Value);
        var bias = new byte[8];
        reader.Read(reader.Tensors[2], bias);
        Assert.Equal(-1.5f, BinaryPrimitives.ReadSingleLittleEndian(bias));
        Assert.Equal(float.PositiveInfinity, BinaryPrimitives.ReadSingleLittleEndian(bias.AsSpan(4)));
    }

    [Fact]
    public void Read_AnyTensors_AsWritten() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNull<string> Name, byte Rows, byte Type)[]>(),
            wanted =>
            {
                var random = new CounterRandom(wanted.Length, 1, 0);
                var data = new Dictionary<string, byte[]>(StringComparer.Ordinal);
                var entries = new List<TensorEntry>();
                foreach (var (name, rows, type) in wanted)
                {
                    // Lone surrogates are no text; the number keeps names apart.
                    var unique = $"{entries.Count}.{string.Concat(name.Get.EnumerateRunes())}";
                    data[unique] = new byte[rows * 3 * Sizes[type % 4]];
                    foreach (ref var value in data[unique].AsSpan())
                    {
                        value = (byte)random.NextInt(256);
                    }

                    entries.Add(TensorEntry.From(unique, Types[type % 4], [rows, 3], data[unique]));
                }

                var file = new MemoryStream();
                SafeTensorsWriter.Write(file, entries);
                using var reader = SafeTensorsReader.Open(file, "file");
                foreach (var tensor in reader.Tensors)
                {
                    var bytes = new byte[tensor.ByteCount];
                    reader.Read(tensor, bytes);
                    Assert.Equal(data[tensor.Name], bytes);
                }

                return reader.Tensors.Length == entries.Count;
            }));

    [Fact]
    public void Open_MutatedFiles_ReadOrRefusedWithASentence()
    {
        var golden = System.IO.File.ReadAllBytes(SafeTensorsWriterTests.Golden);
        var refused = 0;
        const int Files = 20_000;
        for (var n = 0; n < Files; n++)
        {
            var random = new CounterRandom(5, 2, n);
            var file = golden.AsSpan(0, random.NextInt(8) == 0 ? random.NextInt(golden.Length) : golden.Length).ToArray();
            for (var change = random.NextInt(4); change > 0 && file.Length > 0; change--)
            {
                file[random.NextInt(file.Length)] = random.NextInt(2) == 0 ? (byte)random.NextInt(256) : (byte)"0123456789[]{}\",:-e\\u"[random.NextInt(21)];
            }

            try
            {
                using var reader = SafeTensorsReader.Open(new MemoryStream(file), "file");
                foreach (var tensor in reader.Tensors)
                {
                    reader.Read(tensor, new byte[tensor.ByteCount]);
                }
            }
            catch (InvalidInputException e)
            {
                Assert.All(e.Message.Split('\n'), finding => Assert.StartsWith("file: ", finding, StringComparison.Ordinal));
                refused++;
            }
        }

        Assert.InRange(refused, Files / 4, Files - 1);
    }

    [Theory]
    [InlineData("[]", "the safetensors header must be a JSON object.")]
    [InlineData("{\"a\":1}", "the tensor 'a' must have exactly a dtype, a shape of integers and two data_offsets.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0]}}", "the tensor 'a' must have exactly a dtype, a shape of integers and two data_offsets.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4.5],\"data_offsets\":[0,4]}}", "the tensor 'a' must have exactly a dtype, a shape of integers and two data_offsets.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}}", "the tensor 'a' has the shape [-4], which is negative or too large.")]
    [InlineData("{\"a\":{\"dtype\":\"I64\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}", "the tensor 'a' has the shape [4611686018427387904, 4], which is negative or too large.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[0,5]}}", "the tensor 'a' has the data_offsets [0, 5], but the file holds 4 bytes of data.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,0]}}", "the tensor 'a' has the data_offsets [4, 0], but the file holds 4 bytes of data.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,4]}}", "the tensor 'a' has 3 bytes by its shape, but 4 by its data_offsets.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}", "the tensors end at 3, but the file holds 4 bytes of data.")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}", "the tensor 'b' begins at 2, but the data before it ends at 3: tensors must follow each other without overlap or gap.")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", "__metadata__ must be an object of strings.")]
    public void Open_BrokenHeader_Sentence(string json, string finding) =>
        Assert.Equal("file: " + finding, Refusal(File(json)));

    [Fact]
    public void Open_UnknownType_NamesTheKnown() =>
        Assert.Equal(
            "file: the tensor 'a' has the dtype 'F33'; known are BF16, BOOL, F16, F32, F64, F8_E4M3, F8_E5M2, I16, I32, I64, I8, U16, U32, U64, U8.",
            Refusal(File("{\"a\":{\"dtype\":\"F33\",\"shape\":[1],\"data_offsets\":[0,4]}}")));

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":{},\"a\":{}}")]
    [InlineData("{\"\\ud800\":1}")]
    public void Open_NoJson_Sentence(string json) =>
        Assert.StartsWith("file: the safetensors header is not valid JSON: ", Refusal(File(json)), StringComparison.Ordinal);

    [Fact]
    public void Open_SeveralBrokenTensors_AllReported() =>
        Assert.Equal(2, Assert.Throws<InvalidInputException>(() => Open(File("{\"a\":1,\"b\":2}"))).Findings.Count);

    [Fact]
    public void Open_TooShort_Sentence() =>
        Assert.Equal(
            "file: the file has 3 bytes, but a safetensors file starts with 8 bytes of header length; it was cut or is of another kind.",
            Refusal([1, 2, 3]));

    [Theory]
    [InlineData(11UL)]
    [InlineData(ulong.MaxValue)]
    public void Open_HeaderBeyondTheFile_SentenceAndNoAllocation(ulong length)
    {
        var file = new byte[18];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        Assert.Equal(
            $"file: the header claims {length} bytes, but at most 10 are possible in this file; it was cut or is of another kind.", Refusal(file));
    }

    private static string Refusal(byte[] file) => Assert.Throws<InvalidInputException>(() => Open(file)).Message;

    private static SafeTensorsReader Open(byte[] file) => SafeTensorsReader.Open(new MemoryStream(file), "file");

    private static byte[] File(string json)
    {
        var header = Encoding.UTF8.GetBytes(json);
        var file = new byte[8 + header.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
