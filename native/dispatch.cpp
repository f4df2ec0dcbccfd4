#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "guard.h"
#include "handles.h"

namespace rubato {
namespace {

using c10::IValue;
using c10::TypeKind;

bool takes_optional_tensors(const c10::Argument& argument) {
  const auto list = argument.type()->cast<c10::ListType>();
  return list != nullptr && list->getElementType()->kind() == TypeKind::OptionalType;
}

IValue tensor_list(const rt_value& value, const c10::Argument& argument) {
  const auto* handles = static_cast<const rt_tensor*>(value.pointer);
  if (takes_optional_tensors(argument)) {
    c10::impl::GenericList list(c10::OptionalType::create(c10::TensorType::get()));
    list.reserve(value.length);
    for (int32_t i = 0; i < value.length; i++) {
      list.push_back(handles[i] == nullptr ? IValue() : IValue(borrow(handles[i])));
    }
    return list;
  }
  c10::List<at::Tensor> list;
  list.reserve(value.length);
  for (int32_t i = 0; i < value.length; i++) {
    list.push_back(borrow(handles[i]));
  }
  return list;
}

bool takes_real(const c10::Argument& argument) {
  const auto optional = argument.type()->cast<c10::OptionalType>();
  return (optional == nullptr ? argument.type() : optional->getElementType())->kind() == TypeKind::FloatType;
}

IValue to_ivalue(const rt_value& value, const c10::Argument& argument) {
  switch (value.tag) {
    case RT_NONE:
      return IValue();
    case RT_TENSOR:
      return borrow(value.pointer);
    case RT_INTEGER:
      // An integer literal where the schema says float is what a C++ or Python caller would write.
      return takes_real(argument) ? IValue(static_cast<double>(value.integer)) : IValue(value.integer);
    case RT_REAL:
      return value.real;
    case RT_BOOLEAN:
      return value.integer != 0;
    case RT_INTEGER_LIST: {
      c10::List<int64_t> list;
      list.reserve(value.length);
      for (int32_t i = 0; i < value.length; i++) {
        list.push_back(value.integers[i]);
      }
      return list;
    }
    case RT_REAL_LIST: {
      c10::List<double> list;
      list.reserve(value.length);
      for (int32_t i = 0; i < value.length; i++) {
        double real;
        static_assert(sizeof(real) == sizeof(value.integers[i]), "a real travels as the bits of an integer");
        std::memcpy(&real, &value.integers[i], sizeof(real));
        list.push_back(real);
      }
      return list;
    }
    case RT_TENSOR_LIST:
      return tensor_list(value, argument);
    case RT_DEVICE:
      return unpack_device(value.integer);
    case RT_STRING:
      return std::string(static_cast<const char*>(value.pointer), static_cast<size_t>(value.length));
    default:
      TORCH_CHECK(false, "argument '", argument.name(), "' has the unknown tag ", value.tag);
  }
}

// Says which argument has another type than the schema declares. Asked only after a call has failed, since it costs more than a
// small operator, and libtorch then reports no more than a failed assertion.
void check_types(const rt_value* arguments, int32_t count, const std::vector<c10::Argument>& declared) {
  for (int32_t i = 0; i < count; i++) {
    const auto type = to_ivalue(arguments[i], declared[i]).type();
    TORCH_CHECK_TYPE(type->isSubtypeOf(*declared[i].type()), declared[i].formatTypeMismatchMsg(type->repr_str()));
  }
}

void write(rt_value& result, at::Tensor&& tensor) {
  result.pointer = give(std::move(tensor));
  result.tag = result.pointer == nullptr ? RT_NONE : RT_TENSOR;
}

void write(rt_value& result, IValue&& value) {
  result.tag = RT_NONE;
  result.length = 0;
  if (value.isTensor()) {
    write(result, std::move(value).toTensor());
  } else if (value.isInt()) {
    result.tag = RT_INTEGER;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.tag = RT_REAL;
    result.real = value.toDouble();
  } else if (value.isBool()) {
    result.tag = RT_BOOLEAN;
    result.integer = value.toBool() ? 1 : 0;
  } else {
    TORCH_CHECK(value.isNone(), "a result of type ", value.tagKind(), " cannot be handed over");
  }
}

void release_all(rt_value* results, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (results[i].tag == RT_TENSOR) {
      rt_tensor_release(results[i].pointer);
      results[i].tag = RT_NONE;
    }
  }
}

int32_t write_all(std::vector<IValue>& stack, rt_value* results, int32_t capacity) {
  int32_t written = 0;
  try {
    for (auto& value : stack) {
      if (value.isTensorList()) {
        auto list = std::move(value).toTensorVector();
        for (auto& tensor : list) {
          TORCH_CHECK(written < capacity, "more results than the caller has room for (", capacity, ")");
          write(results[written++], std::move(tensor));
        }
      } else {
        TORCH_CHECK(written < capacity, "more results than the caller has room for (", capacity, ")");
        write(results[written++], std::move(value));
      }
    }
  } catch (...) {
    release_all(results, written);
    throw;
  }
  return written;
}

// Handles live as long as the process: operators are few and schemas are never unregistered.
const c10::OperatorHandle* intern(const char* name, const char* overload) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::unique_ptr<c10::OperatorHandle>> interned;
  const std::lock_guard<std::mutex> lock(mutex);
  auto& slot = interned[std::string(name) + "." + overload];
  if (slot == nullptr) {
    slot = std::make_unique<c10::OperatorHandle>(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
  }
  return slot.get();
}

} // namespace
} // namespace rubato

using namespace rubato;

rt_status rt_find_operator(const char* name, const char* overload, rt_operator* found) {
  return guarded([&] { *found = intern(name, overload); });
}

rt_status rt_call(
    rt_operator op, const rt_value* arguments, int32_t argument_count, rt_value* results, int32_t capacity, int32_t* result_count) {
  return guarded([&] {
    const auto& handle = *static_cast<const c10::OperatorHandle*>(op);
    const auto& declared = handle.schema().arguments();
    TORCH_CHECK(
        static_cast<size_t>(argument_count) <= declared.size(), "takes ", declared.size(), " arguments, got ", argument_count);
    // One stack a thread, so that a call allocates nothing for its arguments; operators that call operators use their own.
    thread_local std::vector<IValue> stack;
    // Also when the call throws: else the arguments would live on until this thread's next call.
    const auto clear = [](std::vector<IValue>* used) { used->clear(); };
    const std::unique_ptr<std::vector<IValue>, decltype(clear)> cleared(&stack, clear);
    for (int32_t i = 0; i < argument_count; i++) {
      stack.push_back(to_ivalue(arguments[i], declared[i]));
    }
    for (size_t i = argument_count; i < declared.size(); i++) {
      const auto& fallback = declared[i].default_value();
      TORCH_CHECK(fallback.has_value(), "argument '", declared[i].name(), "' is missing and has no default");
      stack.push_back(*fallback);
    }
    try {
      handle.callBoxed(&stack);
    } catch (const c10::Error&) {
      check_types(arguments, argument_count, declared);
      throw;
    }
    *result_count = write_all(stack, results, capacity);
  });
}
