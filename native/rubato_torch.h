// The C interface of Rubato's engine over libtorch.
//
// Every function that can fail returns a status; on any status but RT_OK its outputs hold nothing to release and rt_last_error() on the
// same thread tells why. No C++ exception crosses this border. A tensor handle owns one reference and is given back with
// rt_tensor_release. Keeps to what libtorch 1.13 and 2.x both offer.
#pragma once

#include <stdint.h>

#define RT_API __attribute__((visibility("default")))
#define RT_MAX_DIMENSIONS 8

#ifdef __cplusplus
extern "C" {
#endif

typedef void* rt_tensor;
typedef const void* rt_operator;

typedef enum rt_status {
  RT_OK = 0,
  RT_INDEX_ERROR = 1,
  RT_TYPE_ERROR = 2,
  RT_VALUE_ERROR = 3,
  RT_NOT_IMPLEMENTED = 4,
  RT_OUT_OF_MEMORY = 5,
  RT_LIBTORCH_ERROR = 6,
  RT_OTHER_ERROR = 7
} rt_status;

typedef enum rt_tag {
  RT_NONE = 0,
  RT_TENSOR = 1,       // pointer: a tensor handle, borrowed as an argument, owned as a result
  RT_INTEGER = 2,      // integer; also scalar types, memory formats and layouts
  RT_REAL = 3,         // real
  RT_BOOLEAN = 4,      // integer: 0 or 1
  RT_INTEGER_LIST = 5, // integers[0..length)
  RT_REAL_LIST = 6,    // integers[0..length), each the bits of a double
  RT_TENSOR_LIST = 7,  // pointer: length tensor handles; a null one is an undefined tensor
  RT_DEVICE = 8,       // integer: device kind * 256 + index, index 255 for "the current one"
  RT_STRING = 9        // pointer: length bytes of UTF-8
} rt_tag;

typedef struct rt_value {
  int32_t tag;
  int32_t length;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
  int64_t integers[RT_MAX_DIMENSIONS];
} rt_value;

typedef struct rt_layout {
  int64_t element_count;
  int64_t sizes[RT_MAX_DIMENSIONS];
  int64_t strides[RT_MAX_DIMENSIONS];
  int32_t dimensions;
  int32_t scalar_type;
  int32_t device; // as RT_DEVICE
  int32_t requires_grad;
  void* data; // null unless the tensor is dense and on the CPU
} rt_layout;

// Runtime (runtime.cpp)
RT_API const char* rt_last_error(void);
RT_API const char* rt_libtorch_version(void);
// To be called once, before any other.
RT_API void rt_initialize(void);
RT_API rt_status rt_set_threads(int32_t threads);
RT_API int32_t rt_threads(void);
RT_API int32_t rt_cuda_devices(void);
RT_API rt_status rt_synchronize(int32_t device);
RT_API rt_status rt_manual_seed(int64_t seed);
RT_API rt_status rt_random_state(int32_t device, rt_tensor* state);
RT_API rt_status rt_set_random_state(int32_t device, rt_tensor state);

// Operators by schema name (dispatch.cpp)
RT_API rt_status rt_find_operator(const char* name, const char* overload, rt_operator* found);
// Leading arguments in the order of the schema; the rest take the schema's defaults. A list of tensors among the results is
// written as that many values.
RT_API rt_status rt_call(
    rt_operator op, const rt_value* arguments, int32_t argument_count, rt_value* results, int32_t capacity, int32_t* result_count);

// Tensors and autograd (tensor.cpp)
RT_API void rt_tensor_release(rt_tensor tensor);
RT_API rt_status rt_tensor_layout(rt_tensor tensor, rt_layout* layout);
// The memory of a dense tensor on the CPU.
RT_API rt_status rt_tensor_data(rt_tensor tensor, void** data);
RT_API rt_status rt_tensor_item(rt_tensor tensor, double* value);
RT_API rt_status rt_set_requires_grad(rt_tensor tensor, int32_t requires_grad);
RT_API rt_status rt_backward(rt_tensor root, int32_t keep_graph);
// The gradients of leaves, null where one is undefined.
RT_API rt_status rt_gradients(const rt_tensor* leaves, int32_t count, rt_tensor* gradients);
RT_API rt_status rt_clear_gradients(const rt_tensor* leaves, int32_t count);
RT_API int32_t rt_set_grad_mode(int32_t enabled);

#ifdef __cplusplus
}
#endif
