using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Libtorch;

public sealed class DevicesTests
{
    [Fact]
    public void NameOf_Devices_AreWhatIsWritten()
    {
        Assert.Equal("cpu", Devices.NameOf(Devices.Parse("cpu")));
        Assert.Equal("cuda:3", Devices.NameOf(new Device(DeviceType.CUDA, 3)));
        Assert.False(Devices.IsCuda(Devices.Parse("cpu")));
    }

    [Fact]
    public void Parse_Auto_IsTheFirstCudaDeviceOrTheCpu() =>
        Assert.Equal(Engine.CudaDevices > 0 ? "cuda:0" : "cpu", Devices.NameOf(Devices.Parse("auto")));

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1.5")]
    [InlineData("cuda:99999999999")]
    public void Parse_NoDevice_SaysTheForms(string text) =>
        Assert.Equal(
            $"device is '{text}'; it must be auto, cpu, cuda or cuda:N.",
            Assert.Throws<InvalidInputException>(() => Devices.Parse(text)).Message);

    [Fact]
    public void Parse_CudaDeviceThatIsNotThere_SaysHowManyThereAre() =>
        Assert.Equal(
            $"device is 'cuda:250', but this libtorch ({Engine.LibtorchVersion}) sees {Engine.CudaDevices} CUDA devices; "
            + "use cpu, or build with RUBATO_CUDA=1 (docs/engine.md).",
            Assert.Throws<InvalidInputException>(() => Devices.Parse("cuda:250")).Message);
}
