using System.Buffers;
using System.Text.Json;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>
/// Writes <c>steps.jsonl</c>: one JSON object a line with the keys <c>step, samples, epoch, loss, learning_rate, batch_size, momentum,
/// weight_decay, gradient_norm, seconds</c>. Numbers are the shortest text that reads back equal; those that are not finite stand as the
/// strings <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>; a gradient norm that was not measured (NaN) is <c>null</c>. Before the
/// seconds stand, where there are any, <c>clip_factor</c>, <c>effective_rate</c> and <c>log10_exponential_rate</c>.
/// </summary>
/// <remarks>
/// <para>Lines are collected and reach the file whole: when 64 KiB are full, when a record is 2 seconds past the last write, on
/// <see cref="Flush"/> and on <see cref="Dispose"/>. An append allocates nothing once the buffer has grown.</para>
/// <para><c>seconds</c> comes last so that <c>sed 's/,"seconds.*//'</c> leaves what must be equal between equal runs. Not safe for use by
/// several threads.</para>
/// </remarks>
public sealed class StepLog : IDisposable
{
    private const int FlushBytes = 64 * 1024;
    private const double FlushSeconds = 2;

    // For the record that goes beyond the limit.
    private const int Room = 4096;

    private static readonly JsonEncodedText StepKey = JsonEncodedText.Encode("step");
    private static readonly JsonEncodedText SamplesKey = JsonEncodedText.Encode("samples");
    private static readonly JsonEncodedText EpochKey = JsonEncodedText.Encode("epoch");
    private static readonly JsonEncodedText LossKey = JsonEncodedText.Encode("loss");
    private static readonly JsonEncodedText LearningRateKey = JsonEncodedText.Encode("learning_rate");
    private static readonly JsonEncodedText BatchSizeKey = JsonEncodedText.Encode("batch_size");
    private static readonly JsonEncodedText MomentumKey = JsonEncodedText.Encode("momentum");
    private static readonly JsonEncodedText WeightDecayKey = JsonEncodedText.Encode("weight_decay");
    private static readonly JsonEncodedText GradientNormKey = JsonEncodedText.Encode("gradient_norm");
    private static readonly JsonEncodedText ClipFactorKey = JsonEncodedText.Encode("clip_factor");
    private static readonly JsonEncodedText EffectiveRateKey = JsonEncodedText.Encode("effective_rate");
    private static readonly JsonEncodedText ExponentialRateKey = JsonEncodedText.Encode("log10_exponential_rate");
    private static readonly JsonEncodedText SecondsKey = JsonEncodedText.Encode("seconds");

    private readonly Stream _file;
    private readonly ArrayBufferWriter<byte> _lines = new(FlushBytes + Room);
    private readonly Utf8JsonWriter _json;
    private double _writtenSeconds;

    /// <summary>Writes to a stream.</summary>
    /// <param name="file">Receives whole lines, one write for several; disposed with the log. Should not buffer itself.</param>
    public StepLog(Stream file)
    {
        _file = file;
        _json = new Utf8JsonWriter(_lines, new JsonWriterOptions { SkipValidation = true });
    }

    /// <summary>Adds a line.</summary>
    /// <param name="record">The update.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(in StepRecord record)
    {
        _json.WriteStartObject();
        _json.WriteNumber(StepKey, record.Step);
        _json.WriteNumber(SamplesKey, record.Samples);
        Write(EpochKey, record.Epoch);
        Write(LossKey, record.Loss);
        Write(LearningRateKey, record.LearningRate);
        _json.WriteNumber(BatchSizeKey, record.BatchSize);
        Write(MomentumKey, record.Momentum);
        Write(WeightDecayKey, record.WeightDecay);
        if (double.IsNaN(record.GradientNorm))
        {
            _json.WriteNull(GradientNormKey);
        }
        else
        {
            Write(GradientNormKey, record.GradientNorm);
        }

        if (record.ClipFactor is { } factor)
        {
            Write(ClipFactorKey, factor);
        }

        if (!double.IsNaN(record.EffectiveRate))
        {
            Write(EffectiveRateKey, record.EffectiveRate);
        }

        if (record.ExponentialRateLog10 is { } logRate)
        {
            Write(ExponentialRateKey, logRate);
        }

        Write(SecondsKey, record.Seconds);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _lines.Write("\n"u8);
        if (_lines.WrittenCount >= FlushBytes || record.Seconds - _writtenSeconds >= FlushSeconds)
        {
            _writtenSeconds = record.Seconds;
            Flush();
        }
    }

    /// <summary>Hands all lines to the operating system.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush()
    {
        _file.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
        _file.Flush();
    }

    /// <summary>Writes what is buffered and closes the file.</summary>
    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _json.Dispose();
            _file.Dispose();
        }
    }

    /// <summary>Reads a log, also one whose writer was killed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The records, and whether a cut last line was left out.</returns>
    /// <exception cref="InvalidInputException">The file cannot be read, or a line other than a cut last one is no record.</exception>
    public static StepLogContent Read(string path) => StepLogReader.Read(path);

    private void Write(JsonEncodedText key, double value)
    {
        if (double.IsFinite(value))
        {
            _json.WriteNumber(key, value);
        }
        else
        {
            _json.WriteString(key, double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }
}
